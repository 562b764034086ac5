"""Text to sentences, figures and bullets: no files, network, clock, chat or database."""
