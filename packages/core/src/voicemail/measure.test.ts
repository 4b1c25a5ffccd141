import { expect, it } from "vitest";
import type { LayOut } from "../recordings/lay-out.ts";
import { SAMPLE_RATE } from "../voice/media/audio.ts";
import { Heard } from "./measure.ts";

const seconds = (count: number) => count * SAMPLE_RATE;
const tone = (count: number) =>
	Int16Array.from({ length: seconds(count) }, (_, at) => (at % 16 < 8 ? 12_000 : -12_000));

it("a message over a restart, after which nobody spoke, counted the gap and was never kept", () => {
	const heard = new Heard();
	heard.add(tone(3));
	heard.skip(seconds(20));
	heard.add(new Int16Array(seconds(2)));
	const part = (silence: number, length: number) => ({ silence: seconds(silence), length: seconds(length) });
	const plan = { parts: [part(0, 3), part(20, 2)], length: seconds(25) } as unknown as LayOut;
	const { parts, length } = heard.cut(plan);
	expect(parts).toMatchObject([part(0, 3)]);
	expect(length).toBe(seconds(3));
});
