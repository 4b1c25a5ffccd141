import type { ScriptPage } from "@inlay/contract/scripter/agent-script";
import { Button, Checkbox, Select, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { Section } from "../../shell/parts.tsx";
import { anchorOf, type Desk } from "./desk.ts";
import { freshPage, placesOf } from "./edit-document.ts";
import { ElementList } from "./element-list.tsx";
import { OrderButtons } from "./order-buttons.tsx";
import { StepList } from "./step-list.tsx";
import { t } from "./strings.ts";

/** The pages in their order, and which of them opens first. */
export function PagesSection({ desk }: { desk: Desk }) {
	const { pages, startPageId } = desk.document;
	const isUnknown = !pages.some(({ id }) => id === startPageId);
	return (
		<Section title={t("pages")}>
			<Select
				label={t("startPage")}
				value={isUnknown ? "" : startPageId}
				error={isUnknown ? t("c_start.page.unknown") : undefined}
				options={[
					...(isUnknown ? [{ value: "", text: t("choose") }] : []),
					...pages.map(({ id, name }) => ({ value: id, text: name || t("unnamed") })),
				]}
				onChange={(id) => desk.change({ startPageId: id })}
			/>
			{pages.map((page, at) => (
				<Page key={page.id} desk={desk} page={page} at={at} />
			))}
			<div>
				<Button icon="plus" onClick={() => desk.change({ pages: [...pages, freshPage(desk.document)] })}>
					{t("addPage")}
				</Button>
			</div>
			<StepList
				desk={desk}
				place={{}}
				label={t("f_onLoad")}
				steps={desk.document.onLoad ?? []}
				onChange={(onLoad) => desk.change({ onLoad })}
			/>
		</Section>
	);
}

function Page({ desk, page, at }: { desk: Desk; page: ScriptPage; at: number }) {
	const { pages, startPageId } = desk.document;
	const name = page.name || t("unnamed");
	const [isOpen] = useState(pages.length === 1 || page.root.children.length === 0);
	const change = (part: Partial<ScriptPage>) => desk.change({ pages: pages.with(at, { ...page, ...part }) });
	const usedBy = [
		...(page.id === startPageId ? [t("startPage")] : []),
		...placesOf(desk.document, { pageId: page.id }).filter((one) => one !== page.name),
	];
	return (
		<details class="script-part" id={anchorOf(page.id)} open={isOpen}>
			<summary>
				<bdi>{name}</bdi>
			</summary>
			<div class="ui-stack">
				<OrderButtons
					list={pages}
					at={at}
					name={name}
					keepsOne
					usedBy={usedBy}
					onChange={(list) => desk.change({ pages: list })}
				/>
				<TextField
					label={t("pageName")}
					value={page.name}
					error={desk.tried && page.name.trim() === "" ? t("nameProblem") : undefined}
					onInput={(text) => change({ name: text })}
				/>
				<Checkbox
					label={t("afterCall")}
					checked={page.forAfterCallWork === true}
					onChange={(forAfterCallWork) => change({ forAfterCallWork })}
				/>
				<ElementList
					desk={desk}
					pageId={page.id}
					elements={page.root.children}
					onChange={(children) => change({ root: { ...page.root, children } })}
				/>
				<StepList
					desk={desk}
					place={{ pageId: page.id }}
					label={t("f_onLoad")}
					steps={page.onLoad ?? []}
					onChange={(onLoad) => change({ onLoad })}
				/>
			</div>
		</details>
	);
}
