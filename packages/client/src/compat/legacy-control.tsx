import type { ComponentChildren, VNode } from "preact";
import { h } from "preact";
import { elementOf } from "./names.ts";

/**
 * A call control as the original's page has it: `gef-…-control`, in it `li[data-call-control] > i`. A click on any of them
 * is one on our button, which is inside and stays what keyboards and screen readers use.
 */
export function LegacyControl({ control, children }: { control: string; children: ComponentChildren }): VNode {
	const forward = (event: MouseEvent) => {
		const item = event.currentTarget as HTMLElement;
		const button = item.querySelector("button");
		if (!button?.contains(event.target as Node)) button?.click();
	};
	const item = {
		class: "legacy-control",
		role: "presentation",
		"data-call-control": control,
		"ng-click": `${control}()`,
		onClick: forward,
	};
	return h(elementOf(control), { class: "legacy-control-host" }, h("li", item, h("i", null, children)));
}
