from link import Link


class Stack:
    top = None

    def push(self, item):
        self.top = Link(item, self.top)

    def pop(self):
        if self.top is None:
            raise IndexError("pop from an empty stack")
        item, self.top = self.top.item, self.top.below
        return item

    def __len__(self):
        return self.top.depth if self.top else 0
