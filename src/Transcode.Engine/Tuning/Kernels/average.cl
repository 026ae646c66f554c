// Averages each sample with its counterparts in the pictures before and after, as far as these are alike.
//
//   centre            the component; all others lie in their buffers as it does in its own: First, Pitch, Step and Shift are for all
//   before1 … 4       of the pictures before, the nearest first; befores of them are looked at
//   after1 … 4        of those after, likewise
//   target            in a buffer of its own, with a place of its own
//   columns × rows    of the component
//   ofOne             how far a counterpart may be from the sample
//   ofSum             how far all to one side may be from it together, from the nearest on
//
// To each side the first that is too far ends it. ⌊(Σ + ⌊k/2⌋)/k⌋ over the k samples taken, as TemporalDenoiser has it. Kernels are named by the bits
// of a sample. Groups of 32 × 8 items, a sample an item. OpenCL C 1.2. Their oracle is ScalarTemporalDenoiser, exactly.

#include "planes.h"

#define TAKE(other, number, count)                                                                  \
    if (open && number <= count)                                                                    \
    {                                                                                               \
        const int counterpart = (int)other[at] >> centreShift;                                      \
        const int difference = APART(counterpart, sample);                                          \
        apart += difference;                                                                        \
        open = difference <= ofOne && apart <= ofSum;                                               \
        sum += open ? counterpart : 0;                                                              \
        taken += open ? 1 : 0;                                                                      \
    }

#define AVERAGE(NAME, S)                                                                            \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        PLANE(const S, centre),                                                                     \
        __global const S *before1, __global const S *before2, __global const S *before3, __global const S *before4, int befores, \
        __global const S *after1, __global const S *after2, __global const S *after3, __global const S *after4, int afters, \
        PLANE(S, target), int columns, int rows, int ofOne, int ofSum)                              \
    {                                                                                               \
        const int x = (int)get_global_id(0);                                                        \
        const int y = (int)get_global_id(1);                                                        \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const size_t at = PLACE(centre, x, y);                                                      \
        const int sample = (int)centre[at] >> centreShift;                                          \
        int sum = sample, taken = 1, apart = 0;                                                     \
        bool open = true;                                                                           \
        TAKE(before1, 1, befores)                                                                   \
        TAKE(before2, 2, befores)                                                                   \
        TAKE(before3, 3, befores)                                                                   \
        TAKE(before4, 4, befores)                                                                   \
        apart = 0;                                                                                  \
        open = true;                                                                                \
        TAKE(after1, 1, afters)                                                                     \
        TAKE(after2, 2, afters)                                                                     \
        TAKE(after3, 3, afters)                                                                     \
        TAKE(after4, 4, afters)                                                                     \
        SET(S, target, x, y, (sum + taken / 2) / taken);                                            \
    }

AVERAGE(average_8, uchar)
AVERAGE(average_10, ushort)
