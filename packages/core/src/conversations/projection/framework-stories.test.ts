import { join } from "node:path";
import { expect, test } from "vitest";
import { frameworkStories, type Told } from "../test-support/framework-stories.ts";

const folder = join(import.meta.dirname, "../../../../contract/stories");

/** One step after the other: its name, then what is told, a key a line. */
function written(told: readonly Told[]): string {
	return told.map(([step, body]) => `# ${step}\n${JSON.stringify(body, null, "\t")}\n`).join("\n");
}

/** The panel's golden tests replay these files: see packages/client/src/framework/golden. `vitest -u` writes them anew. */
test.each(Object.entries(frameworkStories))(
	"%s is told as the story that panels are tested with",
	async (name, told) => {
		await expect(written(told())).toMatchFileSnapshot(join(folder, `${name}.story`));
	},
);
