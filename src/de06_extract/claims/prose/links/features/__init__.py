"""Which words, marks and places speak for or against a reading: a module for each family of features."""
