using AspireChat.ChatServer.WebSockets;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Fuzzing.Targets;
using CsCheck;

namespace AspireChat.Tests.Fuzzing;

/// <summary>What was written is what is read.</summary>
public sealed class FrameRoundTripTests
{
    private static readonly Gen<string> GenText = Gen.String[0, 120].Select(text => new string([.. text.Where(unit => !char.IsSurrogate(unit))]));

    [Fact]
    public void Messages_in_any_fragments_with_pings_between_them_come_out_as_they_were_put_in()
    {
        Gen.Select(GenText.Array[1, 4], Gen.Int[1, 40], Gen.Int[1, 50], Gen.Bool).Sample((texts, fragment, step, pings) =>
        {
            var bytes = new List<byte>();
            var wanted = new List<string>();
            foreach (var text in texts)
            {
                var payload = System.Text.Encoding.UTF8.GetBytes(text);
                Write(bytes, payload, fragment, pings, wanted);
                wanted.Add(ReferenceReader.Describe(ReceivedKind.Text, payload));
            }

            return FrameReaderTarget.Read([.. bytes], () => step).SequenceEqual(wanted);
        }, iter: 3000);
    }

    private static void Write(List<byte> bytes, byte[] payload, int fragment, bool pings, List<string> wanted)
    {
        for (var at = 0; at == 0 || at < payload.Length; at += fragment)
        {
            var last = at + fragment >= payload.Length;
            bytes.AddRange(TestClient.Encode((byte)((at == 0 ? 1 : 0) | (last ? 0x80 : 0)), payload.AsSpan(at, Math.Min(fragment, payload.Length - at))));
            if (pings && !last)
            {
                bytes.AddRange(TestClient.Encode(0x89, "p"u8));
                wanted.Add(ReferenceReader.Describe(ReceivedKind.Ping, "p"u8));
            }
        }
    }
}
