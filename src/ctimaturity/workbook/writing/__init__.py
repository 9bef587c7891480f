"""The sheets of a questionnaire workbook, drawn one by one."""
