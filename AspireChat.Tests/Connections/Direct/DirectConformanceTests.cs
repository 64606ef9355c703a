using AspireChat.Tests.Draining;
using AspireChat.Tests.Rooms;

namespace AspireChat.Tests.Connections.Direct;

public sealed class DirectHandshakeTests : HandshakeTests
{
    protected override string Transport => "direct";
}

public sealed class DirectCloseTests : CloseTests
{
    protected override string Transport => "direct";
}

public sealed class DirectErrorTests : ErrorTests
{
    protected override string Transport => "direct";
}

public sealed class DirectFanOutTests : FanOutTests
{
    protected override string Transport => "direct";
}

public sealed class DirectDrainTests : DrainTests
{
    protected override string Transport => "direct";
}
