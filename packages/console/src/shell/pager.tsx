import "./pager.css";
import { Button, locale, Select, TextField } from "@inlay/ui";
import type { Paged } from "../session/paged.ts";
import { t } from "./strings.ts";

/** Looks for something in a long list, on the server. */
export function Search<T>({ list, label }: { list: Paged<T>; label: string }) {
	return <TextField label={label} type="search" value={list.text.value} onInput={(text) => list.search(text)} />;
}

/** In which order a long list comes: each field of it, from its beginning and from its end. */
export function Sort<T>({ list, fields }: { list: Paged<T>; fields: Readonly<Record<string, string>> }) {
	const options = Object.entries(fields).flatMap(([field, name]) => [
		{ value: field, text: t("ascending", { field: name }) },
		{ value: `-${field}`, text: t("descending", { field: name }) },
	]);
	const usual = options[0]?.value ?? "";
	const order = list.order.value;
	return (
		<Select
			label={t("sortBy")}
			value={options.some(({ value }) => value === order) ? order : usual}
			options={options}
			onChange={(value) => void list.sort(value === usual ? "" : value)}
		/>
	);
}

/** Which part of a long list is shown, and the ways to the others; nothing where it is short. */
export function Pager<T>({ list }: { list: Paged<T> }) {
	const total = list.slice.value?.total ?? 0;
	const shown = list.slice.value?.entities.length ?? 0;
	const number = list.number.value;
	const first = (number - 1) * list.size + 1;
	const text = t("pageOf", { first: count(first), last: count(first + shown - 1), total: count(total) });
	return (
		<nav class="pager" aria-label={t("pages")} hidden={total <= list.size}>
			<span role="status">{total > list.size ? text : ""}</span>
			<Button disabled={number <= 1} onClick={() => void list.go(number - 1)}>
				{t("previousPage")}
			</Button>
			<Button disabled={number >= list.pages} onClick={() => void list.go(number + 1)}>
				{t("nextPage")}
			</Button>
		</nav>
	);
}

function count(value: number): string {
	return value.toLocaleString(locale.value);
}
