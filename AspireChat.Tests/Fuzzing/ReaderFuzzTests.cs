using AspireChat.Tests.Fuzzing.Targets;

namespace AspireChat.Tests.Fuzzing;

public sealed class ProtocolFuzzTests
{
    [Fact]
    public void No_frame_of_a_client_is_taken_for_what_it_does_not_say() => Fuzzer.Run(new ProtocolTarget(), ordinary: 5_000);
}

public sealed class FrameFuzzTests
{
    [Fact]
    public void Bytes_are_read_by_the_standard_however_they_arrive() => Fuzzer.Run(new FrameReaderTarget(), ordinary: 2_000);
}

public sealed class RequestHeadFuzzTests
{
    [Fact]
    public async Task No_upgrade_is_taken_that_the_web_server_would_refuse_or_read_otherwise()
    {
        await using var echo = await HeadEcho.StartAsync();

        Fuzzer.Run(new RequestHeadTarget(echo.Port), ordinary: 1_000);
    }
}

public sealed class ServerFrameFuzzTests
{
    [Fact]
    public void A_frame_of_a_server_that_cannot_be_read_is_told_as_such() => Fuzzer.Run(new ServerFrameTarget(), ordinary: 2_000);
}

public sealed class LoadFrameFuzzTests
{
    [Fact]
    public void Frames_are_found_in_what_was_received_and_never_past_its_end() => Fuzzer.Run(new LoadFrameTarget(), ordinary: 10_000);
}
