class Link:
    def __init__(self, item, below):
        self.item = item
        self.below = below
        self.depth = 1 + (below.depth if below else 0)
