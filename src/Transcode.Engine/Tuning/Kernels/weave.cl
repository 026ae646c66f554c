// Makes a whole component of one field: its own rows as they are, the missing ones by bwdif.
//
//   current           the component of the picture that holds the field
//   before, after     that of the pictures before and after, which lie in their buffers as it does in its own
//   target            in a buffer of its own, with a place of its own
//   columns × rows    of the component
//   largest           sample
//   bottom            1 where the field's rows are the second, the fourth and so on, else 0
//   second            not 0 where it is the later of the picture's two fields
//   alone             not 0 where nothing came before it, or nothing comes after it
//
// BobWeaver and FieldRow have the rules, libavfilter's own at the edges among them: there rows count by the bytes of a sample, SIZE.
// Kernels are named by the bits of a sample. Groups of 32 × 8 items, a sample an item. OpenCL C 1.2. Their oracle is ScalarWeaver, exactly.

#include "planes.h"

#define AT(picture, down) ((int)picture[PLACE(current, x, y + (down))] >> currentShift)

// The fields just before and just after the kept one, which have the missing rows.
#define BOTH(down) ((second ? AT(current, down) : AT(before, down)) + (second ? AT(after, down) : AT(current, down)))

#define MOVED(picture) ((APART(AT(picture, above), c) + APART(AT(picture, below), e)) >> 1)

#define WEAVE(NAME, S, SIZE)                                                                        \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        PLANE(const S, current), __global const S *before, __global const S *after,                 \
        PLANE(S, target), int columns, int rows, int largest, int bottom, int second, int alone)    \
    {                                                                                               \
        const int x = (int)get_global_id(0);                                                        \
        const int y = (int)get_global_id(1);                                                        \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        if ((y & 1) == bottom || rows == 1)                                                         \
        {                                                                                           \
            SET(S, target, x, y, AT(current, 0));                                                   \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const bool isFull = !alone && y >= 4 && y + 5 <= rows;                                      \
        const bool looksFar = y >= 2 && y + 3 <= rows;                                              \
        const int below = isFull || y + SIZE < rows || y == 0 ? 1 : -1;                             \
        const int above = isFull || y >= SIZE || y == rows - 1 ? -1 : 1;                            \
        const int c = AT(current, above), e = AT(current, below);                                   \
        int far = c + e;                                                                            \
        if (isFull)                                                                                 \
        {                                                                                           \
            far = AT(current, -3) + AT(current, 3);                                                 \
        }                                                                                           \
        else if (alone)                                                                             \
        {                                                                                           \
            far = AT(current, (y >= 3 * SIZE ? -3 : y == rows - 1 ? -1 : 1))                        \
                + AT(current, (y + 3 * SIZE < rows ? 3 : y == 0 ? 1 : -1));                         \
        }                                                                                           \
                                                                                                    \
        const int single = (5077 * (c + e) - 981 * far) >> 13;                                      \
        if (alone)                                                                                  \
        {                                                                                           \
            SET(S, target, x, y, clamp(single, 0, largest));                                        \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const int sum = BOTH(0);                                                                    \
        const int d = sum >> 1;                                                                     \
        const int across = APART(second ? AT(current, 0) : AT(before, 0), second ? AT(after, 0) : AT(current, 0)); \
        int moved = max(across >> 1, max(MOVED(before), MOVED(after)));                             \
        int value = d;                                                                              \
        if (moved != 0)                                                                             \
        {                                                                                           \
            if (looksFar)                                                                           \
            {                                                                                       \
                const int b = (BOTH(-2) >> 1) - c;                                                  \
                const int f = (BOTH(2) >> 1) - e;                                                   \
                const int most = max(d - e, max(d - c, min(b, f)));                                 \
                const int least = min(d - e, min(d - c, max(b, f)));                                \
                moved = max(moved, max(least, -most));                                              \
            }                                                                                       \
                                                                                                    \
            value = (c + e) >> 1;                                                                   \
            if (isFull)                                                                             \
            {                                                                                       \
                const int high = 5570 * sum - 3801 * (BOTH(-2) + BOTH(2)) + 1016 * (BOTH(-4) + BOTH(4)); \
                value = APART(c, e) > across ? ((high >> 2) + 4309 * (c + e) - 213 * far) >> 13 : single; \
            }                                                                                       \
                                                                                                    \
            value = clamp(value, d - moved, d + moved);                                             \
        }                                                                                           \
                                                                                                    \
        SET(S, target, x, y, clamp(value, 0, largest));                                             \
    }

WEAVE(weave_8, uchar, 1)
WEAVE(weave_10, ushort, 2)
