class Stack(list):
    push = list.append

    def pop(self):
        return list.pop(self) if self else None
