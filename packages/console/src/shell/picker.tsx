import { Select, TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import type { Paged } from "../session/paged.ts";
import { Failure } from "./parts.tsx";
import { t } from "./strings.ts";

/** One of many that are looked for on the server: what is typed narrows what the list offers. */
export function Picker<T extends { id: string }>({
	list,
	label,
	searchLabel,
	none,
	chosen,
	textOf,
	onChoose,
	isIn = () => false,
}: {
	list: Paged<T>;
	label: string;
	searchLabel: string;
	/** What stands there while nothing is chosen. */
	none: string;
	chosen: T | undefined;
	textOf: (one: T) => string;
	onChoose: (one: T | undefined) => void;
	/** What is there already is marked, and cannot be chosen again. */
	isIn?: (one: T) => boolean;
}) {
	useEffect(() => void list.slice.load(), [list]);
	const state = list.slice.state.value;
	const found = list.slice.value?.entities ?? [];
	const total = list.slice.value?.total ?? 0;
	// What was chosen stays on offer while other things are looked for.
	const offered = chosen && !found.some((one) => one.id === chosen.id) ? [chosen, ...found] : found;
	const optionOf = (one: T) =>
		isIn(one)
			? { value: one.id, text: t("isIn", { name: textOf(one) }), disabled: true }
			: { value: one.id, text: textOf(one) };
	return (
		<div class="picker">
			{(total > found.length || list.text.value !== "") && (
				<TextField
					label={searchLabel}
					type="search"
					value={list.text.value}
					onInput={(text) => list.search(text)}
					hint={total > found.length ? t("narrow", { shown: found.length, total }) : undefined}
				/>
			)}
			<Select
				label={label}
				value={chosen?.id ?? ""}
				options={[{ value: "", text: none }, ...offered.map(optionOf)]}
				error={list.text.value !== "" && state.kind === "ready" && total === 0 ? t("nothingFound") : undefined}
				onChange={(id) => onChoose(offered.find((one) => one.id === id))}
			/>
			<Failure error={state.kind === "failed" ? state.error : undefined} />
		</div>
	);
}
