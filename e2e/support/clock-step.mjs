// Preloaded into a server (node --import): sets its wall clock by what the file INLAY_CLOCK_STEP holds, in ms, at SIGUSR2.
import { readFileSync } from "node:fs";

const RealDate = Date;
let stepMs = 0;

process.on("SIGUSR2", () => {
	stepMs = Number(readFileSync(process.env.INLAY_CLOCK_STEP, "utf8"));
});

globalThis.Date = class SteppedDate extends RealDate {
	constructor(...parts) {
		if (parts.length === 0) super(RealDate.now() + stepMs);
		else super(...parts);
	}

	static now() {
		return RealDate.now() + stepMs;
	}
};
