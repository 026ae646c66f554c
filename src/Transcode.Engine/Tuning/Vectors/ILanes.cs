namespace Transcode.Engine.Tuning.Vectors;

/// <summary>A machine's vectors, as words and as ints. A vector is one, two or four lanes of 16 bytes.</summary>
/// <typeparam name="TVector">One type for both, so that going from one to the other costs nothing.</typeparam>
internal interface ILanes<TVector> : IWords<TVector>, IInts<TVector>
    where TVector : struct;
