// Maps pictures of 4:2:0 from HDR to SDR, and counts how bright they are.
//
//   luma, cb, cr                  the source: 10 bits, BT.2020, limited range; sides of colour are rounded up
//   shownLuma, shownCb, shownCr   the target: BT.709, colour sited left, in other buffers
//   columns × rows                of luma
//   topLeft                       not 0 where the source's colour is sited top left; else it is sited left
//   hlg, desaturates              not 0 for HLG's transfer and for GamutMapping.Desaturate
//   numbers                       the constants of ToneTables, in the order of the list below
//   light, gain, surround, shown, nearer, pqCode   its tables
//   lumaBias, colourBias          what sums begin with, 8 rows of 8 columns; lumaDrop and colourDrop the bits they end with
//   counts                        1025 bins, added to
//
// The arithmetic is ScalarToneMapper's, in whole numbers but for two divisions rounded as IEEE 754 says. A group maps its 32 × 8 pixels and those
// around them, whose colour it needs for its own 16 × 4 samples of it. Kernels are named by the bits of the target.
// Groups of 32 × 8 items, a pixel an item. OpenCL C 1.2. Their oracle is ScalarToneMapper, exactly.

#include "planes.h"

#pragma OPENCL FP_CONTRACT OFF

#define SIGNAL_ONE 8192
#define LIGHT_ONE (1 << 24)

enum number
{
    SIGNAL_LUMA, SIGNAL_BIAS, SIGNAL_RED, SIGNAL_GREEN_BLUE, SIGNAL_GREEN_RED, SIGNAL_BLUE,
    SOURCE_RED, SOURCE_BLUE, TARGET_RED, TARGET_BLUE,
    RED_GREEN, RED_BLUE, GREEN_RED, GREEN_BLUE, BLUE_RED, BLUE_GREEN,
    LUMA_RED, LUMA_GREEN, LUMA_BLUE, CB_RED, CB_GREEN, CB_BLUE, CR_RED, CR_GREEN, CR_BLUE
};

// A table of straight pieces, as OctaveTable has it.
static int at_octave(__global const int *entries, int number)
{
    const int bits = as_int((float)number);
    const int entry = entries[max((bits >> 18) - ((127 << 5) - 1), 0)];
    const int place = (bits >> 8) & 1023;
    return (int)((uint)entry >> 14) + ((((entry << 18) >> 18) * place) >> 10);
}

static int shared_of(int light, int share)
{
    return (int)(((long)light * share) >> 17);
}

static int luminance_of(int3 light, int red, int blue)
{
    return light.y + shared_of(light.x - light.y, red) + shared_of(light.z - light.y, blue);
}

static int light_of(__global const int *light, int sum)
{
    return light[clamp(sum >> 13, 0, SIGNAL_ONE)];
}

#define SOURCE PLANE(const ushort, luma), PLANE(const ushort, cb), PLANE(const ushort, cr), int columns, int rows, int topLeft, int hlg

// A row of colour, less the middle of the range, in quarters of codes.
#define BLENDED(colour, x, upper, upperShare, lower, lowerShare) \
    (GET(colour, x, upper) * (upperShare) + GET(colour, x, lower) * (lowerShare) - 4 * 512)

// Colour of a pixel, in eighths of codes.
#define SPREAD(colour, x) \
    (BLENDED(colour, (x) >> 1, upper, upperShare, lower, lowerShare) \
        + BLENDED(colour, ((x) & 1) ? min(((x) >> 1) + 1, lastColumn) : (x) >> 1, upper, upperShare, lower, lowerShare))

// Light of pixel x, y as its display shows it, in BT.2020's primaries.
#define DISPLAYED(displayed, x, y)                                                                  \
    int3 displayed;                                                                                 \
    {                                                                                               \
        const int lastColumn = (columns + 1) / 2 - 1, last = (rows + 1) / 2 - 1, own = (y) / 2;               \
        const bool isOdd = (y) & 1;                                                                 \
        const int upper = topLeft || isOdd ? own : max(own - 1, 0);                                 \
        const int lower = isOdd ? min(own + 1, last) : own;                                         \
        const int upperShare = topLeft ? (isOdd ? 2 : 4) : isOdd ? 3 : 1;                           \
        const int lowerShare = 4 - upperShare;                                                      \
        const int blue = SPREAD(cb, x), red = SPREAD(cr, x);                                        \
        const int grey = 8 * GET(luma, x, y) * numbers[SIGNAL_LUMA] + numbers[SIGNAL_BIAS];         \
        displayed.x = light_of(light, grey + red * numbers[SIGNAL_RED]);                            \
        displayed.y = light_of(light, grey + blue * numbers[SIGNAL_GREEN_BLUE] + red * numbers[SIGNAL_GREEN_RED]); \
        displayed.z = light_of(light, grey + blue * numbers[SIGNAL_BLUE]);                          \
        if (hlg)                                                                                    \
        {                                                                                           \
            const int share = at_octave(surround, luminance_of(displayed, numbers[SOURCE_RED], numbers[SOURCE_BLUE])); \
            displayed.x = shared_of(displayed.x, share);                                            \
            displayed.y = shared_of(displayed.y, share);                                            \
            displayed.z = shared_of(displayed.z, share);                                            \
        }                                                                                           \
    }

// Light in BT.709's primaries, and within its gamut.
static int3 narrowed(int3 from, __global const int *numbers, __global const int *nearer, int desaturates)
{
    const int rg = from.x - from.y, rb = from.x - from.z, gb = from.y - from.z;
    int3 to;
    to.x = from.x + shared_of(rg, numbers[RED_GREEN]) + shared_of(rb, numbers[RED_BLUE]);
    to.y = from.y + shared_of(gb, numbers[GREEN_BLUE]) - shared_of(rg, numbers[GREEN_RED]);
    to.z = from.z - shared_of(rb, numbers[BLUE_RED]) - shared_of(gb, numbers[BLUE_GREEN]);
    if (desaturates)
    {
        const int grey = clamp(luminance_of(to, numbers[TARGET_RED], numbers[TARGET_BLUE]), 1, LIGHT_ONE - 1);
        const int least = min(to.x, min(to.y, to.z)), most = max(to.x, max(to.y, to.z));
        const float down = (float)(grey - least) / (float)grey, up = (float)(most - grey) / (float)(LIGHT_ONE - grey);
        const int left = at_octave(nearer, (int)(min(max(down, up), 8192.0f) * 65536.0f));
        to.x = grey + shared_of(to.x - grey, left);
        to.y = grey + shared_of(to.y - grey, left);
        to.z = grey + shared_of(to.z - grey, left);
    }

    // The limits are vectors too: oclgrind reads three of a single one.
    return clamp(to, (int3)(0), (int3)(LIGHT_ONE));
}

static int weighed(int3 shown, __global const int *numbers, int first)
{
    return numbers[first] * shown.x + numbers[first + 1] * shown.y + numbers[first + 2] * shown.z;
}

#define TILE_COLUMNS (32 + 2)
#define TILE_ROWS (8 + 2)

// Four rows of three columns to a sample of the target's colour.
static int halved(__local const short *at)
{
    const int above = at[-TILE_COLUMNS - 1] + 2 * at[-TILE_COLUMNS] + at[-TILE_COLUMNS + 1];
    const int first = at[-1] + 2 * at[0] + at[1];
    const int second = at[TILE_COLUMNS - 1] + 2 * at[TILE_COLUMNS] + at[TILE_COLUMNS + 1];
    const int below = at[2 * TILE_COLUMNS - 1] + 2 * at[2 * TILE_COLUMNS] + at[2 * TILE_COLUMNS + 1];
    return above + 3 * (first + second) + below;
}

#define MAP(NAME, T)                                                                                \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        SOURCE, int desaturates, PLANE(T, shownLuma), PLANE(T, shownCb), PLANE(T, shownCr),         \
        __global const int *numbers, __global const int *light, __global const int *gain, __global const int *surround, \
        __global const int *shown, __global const int *nearer,                                      \
        __global const int *lumaBias, __global const int *colourBias, int lumaDrop, int colourDrop) \
    {                                                                                               \
        __local short mappedCb[TILE_ROWS * TILE_COLUMNS];                                           \
        __local short mappedCr[TILE_ROWS * TILE_COLUMNS];                                           \
        const int item = (int)get_local_id(1) * 32 + (int)get_local_id(0);                          \
        const int left = (int)get_group_id(0) * 32, top = (int)get_group_id(1) * 8;                 \
        for (int i = item; i < TILE_ROWS * TILE_COLUMNS; i += 32 * 8)                               \
        {                                                                                           \
            const int wantedX = left - 1 + i % TILE_COLUMNS, wantedY = top - 1 + i / TILE_COLUMNS;  \
            const int x = clamp(wantedX, 0, columns - 1), y = clamp(wantedY, 0, rows - 1);          \
            DISPLAYED(rgb, x, y)                                                                    \
            const int share = at_octave(gain, max(rgb.x, max(rgb.y, rgb.z)));                       \
            rgb.x = shared_of(rgb.x, share);                                                        \
            rgb.y = shared_of(rgb.y, share);                                                        \
            rgb.z = shared_of(rgb.z, share);                                                        \
            rgb = narrowed(rgb, numbers, nearer, desaturates);                                      \
            rgb.x = at_octave(shown, rgb.x) >> 3;                                                   \
            rgb.y = at_octave(shown, rgb.y) >> 3;                                                   \
            rgb.z = at_octave(shown, rgb.z) >> 3;                                                   \
            mappedCb[i] = (short)((weighed(rgb, numbers, CB_RED) + (1 << 12)) >> 13);               \
            mappedCr[i] = (short)((weighed(rgb, numbers, CR_RED) + (1 << 12)) >> 13);               \
            const bool isOwn = i % TILE_COLUMNS > 0 && i % TILE_COLUMNS <= 32 && i / TILE_COLUMNS > 0 && i / TILE_COLUMNS <= 8; \
            if (isOwn && x == wantedX && y == wantedY)                                              \
            {                                                                                       \
                SET(T, shownLuma, x, y, (weighed(rgb, numbers, LUMA_RED) + lumaBias[(y & 7) * 8 + (x & 7)]) >> lumaDrop); \
            }                                                                                       \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        const int column = left / 2 + item % 16, row = top / 2 + item / 16;                         \
        if (item < 16 * 4 && column < (columns + 1) / 2 && row < (rows + 1) / 2)                    \
        {                                                                                           \
            const int at = (2 * (item / 16) + 1) * TILE_COLUMNS + 2 * (item % 16) + 1;              \
            const int bias = colourBias[(row & 7) * 8 + (column & 7)];                              \
            SET(T, shownCb, column, row, (halved(mappedCb + at) + bias) >> colourDrop);            \
            SET(T, shownCr, column, row, (halved(mappedCr + at) + bias) >> colourDrop);            \
        }                                                                                           \
    }

MAP(map_8, uchar)
MAP(map_10, ushort)

// For every pixel the largest of R, G and B as a PQ signal, in 1024ths.
__kernel __attribute__((reqd_work_group_size(32, 8, 1)))
void count_brightness(
    SOURCE, __global const int *numbers, __global const int *light, __global const int *surround, __global const int *pqCode, __global int *counts)
{
    const int x = (int)get_global_id(0);
    const int y = (int)get_global_id(1);
    if (x >= columns || y >= rows)
    {
        return;
    }

    DISPLAYED(rgb, x, y)
    atomic_inc(counts + (min(SIGNAL_ONE, at_octave(pqCode, max(rgb.x, max(rgb.y, rgb.z)))) >> 3));
}
