import { expect, it } from "vitest";
import { readStats } from "./reading.ts";

/** As Chromium reports a call of ours. */
const report: [string, unknown][] = [
	["C1", { type: "codec", mimeType: "audio/opus" }],
	[
		"I1",
		{
			type: "inbound-rtp",
			kind: "audio",
			codecId: "C1",
			packetsReceived: 500,
			packetsLost: -2,
			jitter: 0.004,
			totalAudioEnergy: 0.5,
		},
	],
	["O1", { type: "outbound-rtp", kind: "audio", codecId: "C1", packetsSent: 510 }],
	["S1", { type: "media-source", kind: "audio", totalAudioEnergy: 0.25 }],
	[
		"R1",
		{
			type: "remote-inbound-rtp",
			kind: "audio",
			packetsLost: 3,
			fractionLost: 0.1,
			jitter: 0.002,
			roundTripTime: 0.018,
		},
	],
	["T1", { type: "transport", bytesReceived: 9 }],
];

it("reads a browser's report; more packets than expected are no loss", () => {
	expect(readStats(report, 7)).toEqual({
		at: 7,
		received: { packets: 500, lost: 0, jitterMs: 4, energy: 0.5 },
		sent: { packets: 510, energy: 0.25, report: { lost: 3, lostShare: 0.1, jitterMs: 2, roundTripMs: 18 } },
		codec: "opus",
	});
});

it("has no reading before there is a stream, and none of the other end before its first report", () => {
	expect(readStats([], 0)).toBeUndefined();
	expect(readStats(report.slice(0, 4), 0)?.sent).toEqual({ packets: 510, energy: 0.25 });
});
