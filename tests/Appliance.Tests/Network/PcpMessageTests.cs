using System.Net;
using Appliance.Network.Pcp;

namespace Appliance.Tests.Network;

/// <summary>Vectors written down by hand from the figures of RFC 6887, 7 and 11.</summary>
public sealed class PcpMessageTests
{
    private const string Nonce = "000102030405060708090a0b";
    private const string Client = "00000000000000000000ffffc0a8070a";

    [Fact]
    public void MapRequest_OfV4_IsAsTheFigureHasIt() => Assert.Equal(
        "02010000" + "00000e10" + Client + Nonce + "06000000" + "1f9020fb" + "00000000000000000000ffff00000000",
        Convert.ToHexStringLower(PcpMessage.MapRequest(IPAddress.Parse("192.168.7.10"), Convert.FromHexString(Nonce), 8080, 8443, null, 3600)));

    [Fact]
    public void MapRequest_OfV6_HasAddressesAsTheyAre() => Assert.Equal(
        "02010000" + "00000000" + "2a017e00000700000000000000000010" + Nonce + "06000000" + "1f901f90" + "2a017e00000700000000000000000010",
        Convert.ToHexStringLower(PcpMessage.MapRequest(
            IPAddress.Parse("2a01:7e00:7::10"), Convert.FromHexString(Nonce), 8080, 8080, IPAddress.Parse("2a01:7e00:7::10"), 0)));

    [Fact]
    public void AnnounceRequest_IsAHeaderAlone() => Assert.Equal(
        "02000000" + "00000000" + Client, Convert.ToHexStringLower(PcpMessage.AnnounceRequest(IPAddress.Parse("192.168.7.10"))));

    [Fact]
    public void Read_AnswerToMap_TellsAll()
    {
        PcpAnswer answer = Read("02810000" + "00000078" + "00000102" + "000000000000000000000000" + Nonce + "06000000" + "1f9020fb" + "00000000000000000000ffff05060701")!;

        Assert.Equal((2, 1, PcpResult.Success, 120u, 258u), (answer.Version, answer.Opcode, answer.Result, answer.LifetimeSeconds, answer.Epoch));
        Assert.Equal((Nonce, 6, 8080, 8443, IPAddress.Parse("5.6.7.1")), (
            Convert.ToHexStringLower(answer.Mapping!.Nonce), answer.Mapping.Protocol, answer.Mapping.InsidePort, answer.Mapping.OutsidePort, answer.Mapping.Outside));
    }

    [Fact]
    public void Read_Refusal_MayLeaveTheMappingOut()
    {
        PcpAnswer answer = Read("02810002" + "00000e10" + "00000001" + "000000000000000000000000")!;

        Assert.Equal((PcpResult.NotAuthorized, 3600u, null), (answer.Result, answer.LifetimeSeconds, answer.Mapping));
    }

    /// <summary>RFC 6887, appendix A: what speaks NAT-PMP alone answers so to a newer version.</summary>
    [Fact]
    public void Read_AnswerOfNatPmpAlone_IsAnotherVersion() =>
        Assert.Equal((0, PcpResult.UnsupportedVersion), (Read("0081000100000010")!.Version, Read("0081000100000010")!.Result));

    [Theory]
    [InlineData("")]
    [InlineData("0281")]
    [InlineData("02010000" + "00000e10" + Client)] // A question, as of another box.
    [InlineData("02810000" + "00000078" + "00000102" + "0000000000000000000000")] // Cut short.
    [InlineData("02810000" + "00000078" + "00000102" + "000000000000000000000000" + "0000")] // Not in fours.
    public void Read_WhatIsNoAnswer_IsNone(string datagram) => Assert.Null(Read(datagram));

    private static PcpAnswer? Read(string hexadecimal) => PcpMessage.Read(Convert.FromHexString(hexadecimal));
}
