"""The spiders `scrapy list` shows; each can look at one address without a database."""
