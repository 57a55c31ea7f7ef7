const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Code and strong words of a line. */
export function inline(text: string): string {
  return escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
}

export function table(head: string[], rows: string[][]): string {
  const row = (cells: string[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

/** As much of Markdown as the document uses: paragraphs and tables. */
export function markdown(text = ''): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .filter((block) => block !== '')
    .map((block) => (block.startsWith('|') ? markdownTable(block) : `<p>${inline(block)}</p>`))
    .join('\n');
}

function markdownTable(block: string): string {
  const [head = [], , ...rows] = block.split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => inline(cell.trim())));
  return table(head, rows);
}
