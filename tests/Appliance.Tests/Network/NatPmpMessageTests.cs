using System.Net;
using Appliance.Network.NatPmp;

namespace Appliance.Tests.Network;

/// <summary>Vectors written down by hand from the figures of RFC 6886, 3.</summary>
public sealed class NatPmpMessageTests
{
    [Fact]
    public void Requests_AreAsTheFiguresHaveThem()
    {
        Assert.Equal("0000", Convert.ToHexStringLower(NatPmpMessage.AddressRequest()));
        Assert.Equal("000200001f9020fb00000e10", Convert.ToHexStringLower(NatPmpMessage.MapRequest(8080, 8443, 3600)));
        Assert.Equal("000200001f90000000000000", Convert.ToHexStringLower(NatPmpMessage.MapRequest(8080, 0, 0)));
    }

    [Fact]
    public void Read_Answers_TellAll()
    {
        NatPmpAnswer address = Read("008000000000010205060701")!;
        Assert.Equal((0, 0, 258u, IPAddress.Parse("5.6.7.1")), (address.Opcode, address.Result, address.Epoch, address.Outside));
        NatPmpAnswer mapping = Read("00820000000001021f9020fb00000078")!;
        Assert.Equal((2, 0, 8080, 8443, 120u), (mapping.Opcode, mapping.Result, mapping.InsidePort, mapping.OutsidePort, mapping.LifetimeSeconds));
        Assert.Equal((2, 4), (Read("0082000400000102")!.Opcode, Read("0082000400000102")!.Result));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00820000")]
    [InlineData("000200001f9020fb00000e10")] // A question.
    [InlineData("028100000000007800000102")] // PCP.
    [InlineData("008200000000010220fb00000078")] // Cut short.
    [InlineData("00800000000001020506")]
    public void Read_WhatIsNoAnswer_IsNone(string datagram) => Assert.Null(Read(datagram));

    private static NatPmpAnswer? Read(string hexadecimal) => NatPmpMessage.Read(Convert.FromHexString(hexadecimal));
}
