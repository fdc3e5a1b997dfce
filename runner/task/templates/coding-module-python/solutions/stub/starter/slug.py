# Give the string that stands for the text in an address.
def slug(text):
    return text
