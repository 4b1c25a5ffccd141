import { expect, test } from "vitest";
import { asHtmlText } from "../html-text.ts";
import { fillPlaceholders, placeholdersIn } from "./placeholders.ts";

const known: Record<string, string> = { customerName: "Carol", order: "", note: "{{secret}} <b>" };
const fill = (text: string) => fillPlaceholders(text, (name) => known[name]);

test("a placeholder of which nothing is known vanished, or an empty value filled it", () => {
	expect(fill("Dear {{ customerName }}, order {{order}} of {{order}} and {{shop.name}}")).toEqual({
		text: "Dear Carol, order {{order}} of {{order}} and {{shop.name}}",
		open: ["order", "shop.name"],
	});
});

test("what a customer's attribute said was filled in turn, or became markup", () => {
	expect(fill("{{note}}")).toEqual({ text: "{{secret}} <b>", open: [] });
	expect(fillPlaceholders("{{note}}", (name) => known[name], asHtmlText).text).toBe("{{secret}} &lt;b&gt;");
});

test("braces that hold no name were taken for one", () => {
	expect(placeholdersIn("{{}} {{ }} {a} {{a b}} {{ab}} {{Größe}}")).toEqual(["ab", "Größe"]);
});
