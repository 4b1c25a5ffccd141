import { controlLabels } from "./controls.ts";
import { t } from "./strings.ts";

/** A word of so many letters has room in the usual tile. */
const usual = 8;

/**
 * The least width of a tile of the call controls, in rem, so that no word stands out of it; undefined where the usual one does.
 * @param renamed what the script calls them instead
 */
export function tileWidth(renamed: readonly string[] = []): string | undefined {
	// The grid is that of the language, and does not change with the call.
	const words = [...controlLabels.map((label) => t(label)), ...renamed].flatMap((text) => text.split(/[\s\u00ad-]+/));
	// Where words are not written apart a line may end anywhere.
	const lengths = words.map((word) => (/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(word) ? 0 : word.length));
	const longest = Math.max(...lengths);
	return longest > usual ? `${(longest * 0.495 + 0.4).toFixed(2)}rem` : undefined;
}
