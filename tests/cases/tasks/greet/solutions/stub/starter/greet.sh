# greet
