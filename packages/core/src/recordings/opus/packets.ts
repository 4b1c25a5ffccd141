/** What an Ogg file of Opus holds (RFC 7845), for two channels that know nothing of each other. */

const inputRate = 8000;
/** Moments of Ogg's clock, which is 48 kHz for all of Opus, for one of ours. */
export const granulesPerMoment = 6;
/** What the encoder is late by without a look ahead: 2.5 ms of Ogg's clock. */
export const preSkip = 120;
const channels = 2;

/**
 * Two streams of one channel each: a stream of two would mix what is alike in both, and customers would be heard, softly, where the
 * organization's people are.
 */
export function opusHead(): Buffer {
	const head = Buffer.alloc(19 + 2 + channels);
	head.write("OpusHead", 0, "latin1");
	head[8] = 1;
	head[9] = channels;
	head.writeUInt16LE(preSkip, 10);
	head.writeUInt32LE(inputRate, 12);
	head.writeInt16LE(0, 16);
	// Family 1: left and right, by a table: two streams, none of them of two channels.
	head.set([1, channels, 0, 0, 1], 18);
	return head;
}

export function opusTags(): Buffer {
	const vendor = Buffer.from("Inlay");
	const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
	tags.write("OpusTags", 0, "latin1");
	tags.writeUInt32LE(vendor.length, 8);
	vendor.copy(tags, 12);
	return tags;
}

/** One packet of both streams: the first says how long it is (RFC 6716, appendix B). Each is of one frame. */
export function bothStreams(left: Uint8Array, right: Uint8Array): Buffer {
	const length = left.length - 1;
	const said = length < 252 ? [length] : [252 + (length & 3), (length - 252 - (length & 3)) / 4];
	return Buffer.concat([left.subarray(0, 1), Uint8Array.from(said), left.subarray(1), right]);
}
