/** As far as it is used here; the package's own types are not found beside its module for `import`. */
declare module "@evan/opus" {
	export class Encoder {
		constructor(options: { channels: 1 | 2; sample_rate: 8000; application: "restricted_lowdelay" });
		bitrate: number;
		complexity: number;
		/** @returns a packet of its own */
		encode(samples: Int16Array): Uint8Array;
	}
	export class Decoder {
		constructor(options: { channels: 1 | 2; sample_rate: 8000 });
		decode(packet: Uint8Array): Uint8Array;
	}
}
