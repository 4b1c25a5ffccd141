import type { ScriptComponent } from "@inlay/contract/scripter/agent-script";
import { Select } from "@inlay/ui";
import { anchorOf, type Desk } from "./desk.ts";
import { freshComponent, withField } from "./edit-document.ts";
import { Field, FieldList } from "./field-list.tsx";
import { componentFields } from "./fields.ts";
import { OrderButtons } from "./order-buttons.tsx";
import { t } from "./strings.ts";

interface Props {
	desk: Desk;
	pageId: string;
	elements: ScriptComponent[];
	onChange: (elements: ScriptComponent[]) => void;
}

const kinds = Object.keys(componentFields) as Array<ScriptComponent["kind"]>;

/** The elements of a page or a group, in their order. */
export function ElementList({ desk, pageId, elements, onChange }: Props) {
	return (
		<div class="script-list">
			{elements.map((element, at) => (
				<fieldset
					key={element.id}
					class="script-part"
					id={anchorOf(element.id)}
					aria-label={nameOf(element)}
					tabIndex={-1}
				>
					<div class="script-head">
						<strong>{nameOf(element)}</strong>
						<OrderButtons list={elements} at={at} name={nameOf(element)} onChange={onChange} />
					</div>
					<Element
						desk={desk}
						pageId={pageId}
						element={element}
						onChange={(changed) => onChange(elements.with(at, changed))}
					/>
				</fieldset>
			))}
			<Select
				label={t("addElement")}
				value=""
				options={[{ value: "", text: t("choose") }, ...kinds.map((kind) => ({ value: kind, text: t(`k_${kind}`) }))]}
				onChange={(kind) => {
					if (kind !== "") onChange([...elements, freshComponent(desk.document, kind as ScriptComponent["kind"])]);
				}}
			/>
		</div>
	);
}

function nameOf(element: ScriptComponent): string {
	const said = "label" in element ? element.label : "text" in element ? element.text : "";
	const kind = t(`k_${element.kind}`);
	return said ? `${kind}: ${said.slice(0, 40)}` : kind;
}

function Element(props: {
	desk: Desk;
	pageId: string;
	element: ScriptComponent;
	onChange: (one: ScriptComponent) => void;
}) {
	const { desk, pageId, element, onChange } = props;
	const place = { pageId, componentId: element.id };
	return (
		<div class="ui-stack">
			<FieldList
				desk={desk}
				place={place}
				fields={componentFields[element.kind]}
				of={element}
				onChange={(changed) => onChange(changed)}
			/>
			<Field
				desk={desk}
				place={place}
				name="visibleIf"
				kind="optionalLine"
				value={element.visibleIf}
				onChange={(visibleIf) => onChange(withField(element, "visibleIf", visibleIf))}
			/>
			{element.kind === "container" && (
				<ElementList
					desk={desk}
					pageId={pageId}
					elements={element.children}
					onChange={(children) => onChange({ ...element, children })}
				/>
			)}
		</div>
	);
}
