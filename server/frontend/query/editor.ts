// The editor. It lives in a shadow tree: there CodeMirror adopts constructed style sheets, which the page's
// Content-Security-Policy allows, where in the page it would add style elements, which the policy forbids.

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { proposals, type Terms, variables, wanted } from "./completion.ts";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--accent)" },
  { tag: tags.local(tags.variableName), color: "var(--variable)" },
  { tag: [tags.string, tags.meta], color: "var(--good)" },
  { tag: tags.atom, color: "var(--ink)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const LOOK = EditorView.theme({
  "&": { fontSize: "0.9rem", color: "var(--ink)", backgroundColor: "var(--raised)", maxHeight: "34rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "15rem" },
  ".cm-content": { padding: "0.6rem 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--wash) 45%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "none" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "var(--round)",
    boxShadow: "0 4px 18px rgb(0 0 0 / 0.18)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    maxHeight: "18rem",
    maxWidth: "min(38rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": {
    fontFamily: "var(--sans)",
    fontStyle: "normal",
    color: "inherit",
    marginLeft: "1em",
    opacity: "0.85",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionInfo": { fontFamily: "var(--sans)", padding: "0.5rem 0.7rem", maxWidth: "22rem", lineHeight: "1.45" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "0.4rem 0.7rem" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--warn)" },
});

export interface Editor {
  readonly text: string;
  /** Take another text, which can be undone. */
  replace(text: string): void;
  /** Let completion know the terms. */
  teach(terms: Terms): void;
  /** Mark the place of an error, from 1; null marks none. */
  mark(error: { line: number; column: number; detail: string } | null): void;
  focus(): void;
}

/** Put an editor into a place of the page.
 *
 * @param place - where it goes; what stands there is hidden
 * @param text - the query
 * @param label - what it is called
 * @param on - `run` and `leave` are called for their keys, `change` with each new text
 */
export function makeEditor(
  place: HTMLElement,
  text: string,
  label: string,
  on: { run: () => void; leave: () => void; change: (text: string) => void },
): Editor {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  const completion = new Compartment();
  const keys = keymap.of([
    { key: "Mod-Enter", run: () => (on.run(), true) },
    {
      key: "Escape",
      run: (view) => {
        if (completionStatus(view.state) !== null) return false;
        on.leave();
        return true;
      },
    },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...historyKeymap,
    // Tab is not among these: it goes on to the next control.
    ...defaultKeymap,
  ]);
  const view = new EditorView({
    root,
    parent: root as unknown as HTMLElement,
    state: EditorState.create({
      doc: text,
      extensions: [
        keys,
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        lintGutter(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(COLOURS),
        completion.of(autocompletion({ override: [] })),
        LOOK,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-keyshortcuts": "Control+Enter",
          spellcheck: "false",
          autocapitalize: "off",
        }),
        EditorView.domEventHandlers({ beforeinput: typedOver }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) on.change(update.state.doc.toString());
        }),
      ],
    }),
  });
  place.append(host);
  return {
    get text() {
      return view.state.doc.toString();
    },
    replace(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: 0 } });
    },
    teach(terms) {
      view.dispatch({ effects: completion.reconfigure(autocompletion({ override: [source(terms)], icons: false })) });
    },
    mark(error) {
      const { doc } = view.state;
      if (error === null) {
        view.dispatch(setDiagnostics(view.state, []));
        return;
      }
      const line = doc.line(Math.min(Math.max(error.line, 1), doc.lines));
      // The server counts code points, the editor units of UTF-16.
      const before = [...line.text].slice(0, Math.max(error.column - 1, 0)).join("").length;
      const from = Math.min(line.from + before, line.to);
      const to = from < line.to ? from + 1 : from;
      view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message: error.detail }]));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    },
    focus() {
      view.focus();
    },
  };
}

/** Typing over a selection: left to itself a browser adds style attributes to what it joins, which the policy reports.
 * Brackets and quotes are left to the extension that puts them around a selection. */
function typedOver(event: InputEvent, view: EditorView): boolean {
  const typed = event.inputType === "insertText" && !event.isComposing ? event.data : null;
  if (view.state.selection.main.empty || typed === null || /["'([{]/.test(typed)) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(typed), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

function source(terms: Terms): (context: CompletionContext) => CompletionResult | null {
  const byKind = new Map<string | null, ReturnType<typeof proposals>>();
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const want = wanted(line.text.slice(0, context.pos - line.from));
    if (want === null) return null;
    const from = line.from + want.from;
    if (!context.explicit && context.pos - from < 1) return null;
    if (want.kind === "variable") {
      // The one that is being typed is no proposal.
      const rest = context.state.sliceDoc(0, from) + context.state.sliceDoc(context.pos);
      return { from, options: variables(rest), validFor: /^[?$]\w*$/ };
    }
    const options = byKind.get(want.kind) ?? proposals(terms, want.kind);
    byKind.set(want.kind, options);
    return { from, options, validFor: /^<?[\w-]*:?[\w-]*$/ };
  };
}
