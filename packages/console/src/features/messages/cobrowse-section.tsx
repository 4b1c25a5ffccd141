import { Select, TextArea } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import type { AddressForm } from "./address-form.ts";
import type { AddressModel } from "./address-model.ts";
import { type CobrowseForm, type CobrowseWay, cobrowseWays } from "./cobrowse-form.ts";
import { t } from "./strings.ts";

const switches = [
	{ field: "agentControl", on: "controlOn", off: "controlOff" },
	{ field: "agentNavigation", on: "navigationOn", off: "navigationOff" },
	{ field: "drawing", on: "drawOn", off: "drawOff" },
	{ field: "showPath", on: "pathOn", off: "pathOff" },
	{ field: "outlivesCall", on: "outlivesOn", off: "outlivesOff" },
] as const;

const lists = [
	{ field: "maskSelectors", hint: "maskHint", problem: "selectorProblem" },
	{ field: "readonlySelectors", hint: "readonlyHint", problem: "selectorProblem" },
	{ field: "pauses", hint: "pausesHint", problem: "pausesProblem" },
] as const;

/** What customers may show of the messenger's pages, and what of them never is. */
export function Cobrowse({ model, form }: { model: AddressModel; form: AddressForm }) {
	const { details } = model;
	return (
		<Section title={t("cobrowse")}>
			<Select
				label={t("cobrowseBy")}
				value={form.cobrowseBy}
				options={cobrowseWays.map((value) => ({ value, text: t(`by_${value}`) }))}
				onChange={(cobrowseBy) => details.change({ cobrowseBy: cobrowseBy as CobrowseWay })}
			/>
			{form.cobrowseBy !== "off" && (
				<>
					{switches.map(({ field, on, off }) => (
						<Select
							key={field}
							label={t(field)}
							value={form[field]}
							options={[
								{ value: "on", text: t(on) },
								{ value: "off", text: t(off) },
							]}
							onChange={(value) => details.change({ [field]: value === "on" ? "on" : "off" } as Partial<CobrowseForm>)}
						/>
					))}
					{lists.map(({ field, hint, problem }) => (
						<TextArea
							key={field}
							label={t(field)}
							hint={t(hint)}
							rows={3}
							value={form[field]}
							error={model.isWrong(field) ? t(problem) : undefined}
							onInput={(value) => details.change({ [field]: value } as Partial<CobrowseForm>)}
						/>
					))}
				</>
			)}
		</Section>
	);
}
