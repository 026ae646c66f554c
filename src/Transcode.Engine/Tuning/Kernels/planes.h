// How kernels here see samples: those of one component, wherever they lie.
//
//   PLANE(S, name)       a kernel's parameters for a component: its buffer, then in samples where its first one is, how far it is from a row to
//                        the next (pitch) and from one of the component to its next (step: 2 where colours take turns), then how many
//                        bits are empty below a sample in its word (shift: 6 in P010)
//   GET(name, x, y)      a sample, as an int
//   SET(T, name, x, y, value)   writes one; the bits below it become 0
//
// What lies between rows is neither read nor written.

#define PLANE(S, name) __global S *name, int name##First, int name##Pitch, int name##Step, int name##Shift

#define PLACE(name, x, y) (name##First + (size_t)(y) * name##Pitch + (size_t)((x) * name##Step))

#define GET(name, x, y) ((int)name[PLACE(name, x, y)] >> name##Shift)

#define SET(T, name, x, y, value) name[PLACE(name, x, y)] = (T)((value) << name##Shift)

// How far two numbers are apart, as an int: abs() itself gives an unsigned one.
#define APART(a, b) ((int)abs((a) - (b)))
