using KubeLab.Cloud.Prices;
using KubeLab.Cloud.Storage;

namespace KubeLab.Tests.Cloud.Storage;

public sealed class StorageOfferTests
{
    [Theory]
    [InlineData("europe-west4", "standard standard-rwo")]
    [InlineData("us-central1", "premium-rwo standard standard-rwo")]
    [InlineData("europe-north1", "standard")]
    public void Classes_whose_disks_have_no_price_in_the_region_are_left_out(string region, string classes) =>
        Assert.Equal(classes, string.Join(' ', StorageOffer.Find(PriceBook.Load("gcp", region))!.Classes.Select(c => c.Name)));

    [Fact]
    public void A_provider_without_a_file_offers_nothing() => Assert.Null(StorageOffer.Find(PriceBook.Load("infomaniak", "switzerland")));

    [Fact]
    public void One_class_is_the_default() => Assert.Equal("pd-balanced", StorageOffer.Find(PriceBook.Load())!.DefaultDisk);
}
