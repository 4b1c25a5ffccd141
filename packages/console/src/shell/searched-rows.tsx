import type { ComponentChildren } from "preact";
import type { Paged } from "../session/paged.ts";
import { Pager, Search } from "./pager.tsx";
import { Load } from "./parts.tsx";

interface SearchedRowsProps<T> {
	list: Paged<T>;
	/** What is searched by. */
	label: string;
	/** What stands there where nothing was found. */
	none: string;
	/** One `li` with a key of its own. */
	row: (entity: T) => ComponentChildren;
}

/** A long list, a page at a time, searched on the server. */
export function SearchedRows<T>({ list, label, none, row }: SearchedRowsProps<T>) {
	return (
		<>
			<Search list={list} label={label} />
			<Load from={list.slice}>
				{({ entities }) =>
					entities.length === 0 ? <p role="status">{none}</p> : <ul class="rows">{entities.map(row)}</ul>
				}
			</Load>
			<Pager list={list} />
		</>
	);
}
