import { networkInterfaces } from "node:os";

/** This machine's IPv4 addresses as they are now, those that others can reach first. They change as networks come and go. */
export function ownAddresses(): string[] {
	const all = ipv4Interfaces();
	return all.toSorted((a, b) => Number(a.internal) - Number(b.internal)).map((one) => one.address);
}

/** Those of them that the machine has on a network. */
export function networkAddresses(): string[] {
	return ipv4Interfaces()
		.filter((one) => !one.internal)
		.map((one) => one.address);
}

function ipv4Interfaces() {
	const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
	return all.filter((one) => one.family === "IPv4");
}
