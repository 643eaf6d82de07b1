"""PyTorch's conversions of float32 to its two types of 16 bits and back, all as bits."""
import torch

from cases import F32, Book


def compression(s):
    book = Book()

    def convert(note, bits, tags=()):
        values = torch.tensor(bits, dtype=torch.int64).to(torch.int32).view(F32)
        for name, dtype in (("fp16", torch.float16), ("bf16", torch.bfloat16)):
            narrow = values.to(dtype)
            book.put(name, tags=tags, note=note, conversion=name, float32=values.view(torch.int32),
                     narrow=narrow.view(torch.int16).to(torch.int64) & 0xFFFF,
                     back=narrow.to(F32).view(torch.int32))

    def signed(bits):
        return bits + [b | 1 << 31 for b in bits]

    def random(low, high, count=64):
        return [int(b) for b in s.rng.integers(low, high, count)]

    edges = [0x477FE000, 0x477FEFFF, 0x477FF000, 0x47800000, 0x7F7F0000, 0x7F7F7FFF, 0x7F7F8000, 0x7F7FFFFF]
    convert("largest values, and the first that become infinite", signed(edges))
    convert("smallest normal and subnormal halves, and the first that become zero",
            signed([0x38800000, 0x387FFFFF, 0x387FE000, 0x33800000, 0x33000001, 0x33000000, 0x32FFFFFF, 1, 0]))
    convert("in the middle of two halves: to even", signed([0x3F801000, 0x3F803000, 0x3F808000, 0x3F818000]))
    convert("infinity and NaN", [0x7F800000, 0xFF800000, 0x7FC00000], tags=["nonfinite"])
    convert("random, of the size of gradients", signed(random(0x33000000, 0x40000000)))
    convert("random, of any size", signed(random(0, 0x7F800000)))
    return book
