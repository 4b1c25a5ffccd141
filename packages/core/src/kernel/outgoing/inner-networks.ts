import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** IPv4 addresses that lead nowhere in public: this machine, its neighbours, networks of one's own, and such as nobody has (RFC 6890). */
const innerV4 = [
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.88.99.0/24",
	"192.168.0.0/16",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/4",
	"240.0.0.0/4",
];

/** Of IPv6 only this is public, without those parts that wrap IPv4 addresses, or are for documents and trials. */
const publicV6 = "2000::/3";
const innerV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const inner = listOf([...innerV4, ...innerV6]);
const outer = listOf([publicV6]);

/**
 * Whether an address is this machine's, its network's, or otherwise none that everybody would reach.
 * @param address IPv4 or IPv6 @param own addresses at which this machine is reached
 */
export function isInner(address: string, own: readonly string[] = ownAddresses()): boolean {
	const plain = withoutZone(address);
	if (isIP(plain) === 0) return true;
	if (isWithin(inner, plain) || isWithin(listOf(own), plain)) return true;
	return isIP(plain) === 6 && !isWithin(outer, plain);
}

/** A list of addresses and networks, each as `10.0.0.5` or `fd00::/8`. */
export function listOf(networks: readonly string[]): BlockList {
	const list = new BlockList();
	for (const one of networks) {
		const [address = "", bits] = withoutZone(one).split("/");
		const family = isIP(address) === 6 ? "ipv6" : "ipv4";
		list.addSubnet(address, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family);
	}
	return list;
}

/** However the address is written. */
export function isWithin(list: BlockList, address: string): boolean {
	return list.check(withoutZone(address), isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** What this machine is reached at leads to what listens here, past any firewall in front of it. */
function ownAddresses(): string[] {
	return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}

/** Which of this machine's cards leads there says nothing of where that is. */
function withoutZone(address: string): string {
	return address.replace(/%.*$/, "");
}
