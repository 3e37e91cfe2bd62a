using System.Text;
using System.Text.Json.Nodes;
using KubeLab.Simulation;

namespace KubeLab.Testing.Fuzzing;

/// <summary>Changes JSON trees and byte strings a little, as a careless or malicious client would.</summary>
public sealed class Mutation(Randomness chance)
{
    private static readonly FieldSchema Schema = FieldSchema.Upstream;
    private readonly SampleGenerator samples = new(chance);

    /// <summary>Changes some places of <paramref name="root"/>, which belongs to <paramref name="message"/> when the schema knows it.</summary>
    public void Tree(JsonObject root, string? message)
    {
        for (var changes = chance.NextInt(4); changes > 0; changes--)
        {
            var places = new List<(JsonNode Container, string? Message)>();
            Collect(root, message, places);
            var (container, inside) = places[chance.NextInt(places.Count)];
            if (container is JsonObject map)
            {
                Change(map, inside);
            }
            else
            {
                Change((JsonArray)container);
            }
        }
    }

    /// <summary>Changes some bytes of a text.</summary>
    public byte[] Bytes(byte[] text)
    {
        var bytes = new List<byte>(text);
        for (var changes = 1 + chance.NextInt(3); changes > 0; changes--)
        {
            var at = chance.NextInt(bytes.Count + 1);
            switch (chance.NextInt(8))
            {
                case 0 when bytes.Count > 0:
                    bytes[at % bytes.Count] = (byte)chance.NextInt(256);
                    break;
                case 1 when bytes.Count > 0:
                    bytes[at % bytes.Count] ^= (byte)(1 << chance.NextInt(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + chance.NextInt(20), bytes.Count - at));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Odd.Text(chance)));
                    break;
                case 5 when bytes.Count > 0:
                    var from = chance.NextInt(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(1 + chance.NextInt(40), bytes.Count - from)));
                    break;
                case 6:
                    bytes.InsertRange(chance.NextInt(2) == 0 ? 0 : at, chance.NextInt(2) == 0 ? [0xEF, 0xBB, 0xBF] : [0xC0, 0x80, 0xFF]);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Odd.Numbers[chance.NextInt(Odd.Numbers.Count)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private void Change(JsonObject map, string? message)
    {
        var keys = map.Select(p => p.Key).ToArray();
        var key = keys.Length == 0 ? Odd.Text(chance) : keys[chance.NextInt(keys.Length)];
        switch (chance.NextInt(10))
        {
            case 0:
                map.Remove(key);
                break;
            case 1:
                map[key] = Odd.Value(chance);
                break;
            case 2:
                map[Odd.Text(chance)] = Odd.Value(chance);
                break;
            case 3 when map[key] is JsonValue:
                map[key] = JsonValue.Create(Odd.Text(chance));
                break;
            default:
                if (message is not null && Schema.FieldsOf(message) is { Count: > 0 } fields)
                {
                    var (name, type) = fields[chance.NextInt(fields.Count)];
                    map[name] = samples.Of(type, 2);
                }

                break;
        }
    }

    private void Change(JsonArray list)
    {
        switch (chance.NextInt(4))
        {
            case 0 when list.Count > 0:
                list.RemoveAt(chance.NextInt(list.Count));
                break;
            case 1 when list.Count > 0:
                list[chance.NextInt(list.Count)] = Odd.Value(chance);
                break;
            case 2 when list.Count > 0:
                list.Add(list[chance.NextInt(list.Count)]?.DeepClone());
                break;
            default:
                list.Add(Odd.Value(chance));
                break;
        }
    }

    private static void Collect(JsonNode? node, string? message, List<(JsonNode Container, string? Message)> places)
    {
        if (node is JsonObject map)
        {
            places.Add((map, message));
            foreach (var (key, value) in map)
            {
                Collect(value, message is null ? null : Schema.TypeOf(message, key)?.TrimEnd('[', ']', '{', '}') is { } type && Schema.IsMessage(type) ? type : null, places);
            }
        }
        else if (node is JsonArray list)
        {
            places.Add((list, null));
            foreach (var value in list)
            {
                Collect(value, message, places);
            }
        }
    }
}
