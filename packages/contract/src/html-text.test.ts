import { expect, it } from "vitest";
import { asHtmlText } from "./html-text.ts";

it("text ends neither an element nor an attribute of either kind of quotes, and no entity begins in it", () => {
	expect(asHtmlText(`<b title="a" id='b'>&lt;`)).toBe("&lt;b title=&quot;a&quot; id=&#39;b&#39;&gt;&amp;lt;");
});
