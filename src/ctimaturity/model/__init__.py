"""What things are: questionnaires, entities, answers, scores."""
