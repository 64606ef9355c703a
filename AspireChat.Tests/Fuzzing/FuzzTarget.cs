namespace AspireChat.Tests.Fuzzing;

/// <summary>Something that reads bytes of strangers, and what has to hold whatever they are.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Names its folder of the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Good inputs, from which bad ones are made.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>Pieces that mean something to the reader.</summary>
    public virtual byte[][] Tokens => [];

    /// <summary>The bound of what one input may allocate: so many bytes, and so many for each byte of it.</summary>
    public virtual (long Fixed, int PerByte) Allocation => (256 * 1024, 16);

    /// <summary>An input with a structure that changes of bytes alone would seldom find.</summary>
    public abstract byte[] Generate(Random random);

    /// <summary>Reads an input; throws where something that has to hold does not.</summary>
    /// <returns>What became of it, briefly: inputs that lead to something new are built upon.</returns>
    public abstract string Check(byte[] input);

    /// <summary>Looks at what all inputs so far have left behind; now and then, and at the end.</summary>
    public virtual void Review()
    {
    }
}
