// Sums up what tells noise from texture in a plane of colour, in 4:2:0, beside that of the picture before, for each block of 16 × 16.
//
//   brightness        of the picture: it says which blocks may show noise
//   picture, before   the component of colour, of the same size
//   columns × rows    of the component
//   bits              of a sample
//   step              rows from one row of groups to the next: a multiple of 32
//   blocks            for each group, row after row, the numbers of the list below; -1 where a block is not to be counted
//
// What is measured is said by ColourNoise, RowKernels and NoiseEstimate, in whole numbers. Groups of 32 × 8 items, 32 × 32 samples a group: four blocks.
// OpenCL C 1.2. Its oracle is ColourNoise by ScalarRows, exactly.

#include "planes.h"

#define SIDE 32
#define NOISE_SIDE 16

enum number
{
    GRAIN,                  // of the four blocks that begin a sample in
    STILL = GRAIN + 4,      // differences of the four blocks
    NUMBERS = STILL + 4
};

// Whether brightness is neither black nor white where a sample of colour lies.
#define IS_GREY(x, y) ((GET(brightness, 2 * (x), 2 * (y)) >> (bits - 8)) > 17 && (GET(brightness, 2 * (x), 2 * (y)) >> (bits - 8)) < 234)

#define MAY_SHOW_NOISE(x, y)                                                                        \
    (IS_GREY(x, y) && IS_GREY((x) + NOISE_SIDE - 1, y) && IS_GREY(x, (y) + NOISE_SIDE - 1) && IS_GREY((x) + NOISE_SIDE - 1, (y) + NOISE_SIDE - 1))

#define BEND(x, y) (GET(picture, x, y) - 2 * GET(picture, (x) + 1, y) + GET(picture, (x) + 2, y))

#define NOISE(NAME, S)                                                                              \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        PLANE(const S, brightness), PLANE(const S, picture), PLANE(const S, before), int columns, int rows, int bits, int step, \
        __global int *blocks)                                                                       \
    {                                                                                               \
        __local int sums[NUMBERS];                                                                  \
        const int lane = (int)get_local_id(0);                                                      \
        const int item = (int)get_local_id(1) * SIDE + lane;                                        \
        const int left = (int)get_group_id(0) * SIDE, top = (int)get_group_id(1) * step;            \
        if (item < NUMBERS)                                                                         \
        {                                                                                           \
            sums[item] = 0;                                                                         \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        const int x = left + lane;                                                                  \
        for (int line = item / SIDE; line < SIDE; line += 8)                                        \
        {                                                                                           \
            const int y = top + line;                                                               \
            const int block = line / NOISE_SIDE * 2 + lane / NOISE_SIDE;                            \
            if (x < columns && y < rows)                                                            \
            {                                                                                       \
                atomic_add(sums + STILL + block, APART(GET(picture, x, y), GET(before, x, y)));     \
            }                                                                                       \
                                                                                                    \
            /* Grain begins a sample further in. */                                                 \
            if (x + 2 < columns && y + 2 < rows)                                                    \
            {                                                                                       \
                atomic_add(sums + GRAIN + block, APART(BEND(x, y) + BEND(x, y + 2), 2 * BEND(x, y + 1))); \
            }                                                                                       \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        if (item < NUMBERS)                                                                         \
        {                                                                                           \
            const int inner = item < STILL ? 1 : 0;                                                 \
            const int bx = left + item % 2 * NOISE_SIDE + inner, by = top + item % 4 / 2 * NOISE_SIDE + inner; \
            const bool isWhole = bx + NOISE_SIDE + inner <= columns && by + NOISE_SIDE + inner <= rows; \
            blocks[((size_t)get_group_id(1) * get_num_groups(0) + get_group_id(0)) * NUMBERS + item] = \
                isWhole && MAY_SHOW_NOISE(bx, by) ? sums[item] : -1;                                \
        }                                                                                           \
    }

NOISE(noise_8, uchar)
NOISE(noise_10, ushort)
