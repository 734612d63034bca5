"""An archive made up: sound reports in folders by province and year, and damaged files of many kinds among them."""
