"""One job of the contract per file: joins the edges."""
