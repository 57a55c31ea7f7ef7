// What a parser of PowerShell finds in agent.ps1 without running it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';

import { Language, Parser } from 'web-tree-sitter';

// Those of Windows PowerShell 5.1, and so of PowerShell 7 on Windows: none of them runs a text, or starts a program.
const CMDLETS = `Add-Type ConvertFrom-Json ConvertTo-Json ForEach-Object Get-Date Get-Item Get-Location Get-Random Get-ScheduledTask
  Join-Path Move-Item New-ScheduledTaskAction New-ScheduledTaskPrincipal New-ScheduledTaskSettingsSet New-ScheduledTaskTrigger
  Register-ScheduledTask Remove-Item Split-Path Start-ScheduledTask Start-Sleep Stop-ScheduledTask Test-Path
  Unregister-ScheduledTask Where-Object`.split(/\s+/);
const SET_BY_POWERSHELL = ['_', 'args', 'executioncontext', 'false', 'null', 'pscommandpath', 'psversiontable', 'true'];

let parser;
let script;

before(async () => {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-pwsh/tree-sitter-powershell.wasm');
  parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(grammar)));
  script = await readFile(new URL('../../main/resources/agent.ps1', import.meta.url), 'utf8');
});

function namesOf(node, ...types) {
  return new Set(node.descendantsOfType(types).map(({ text }) => text));
}

/** Of variables, without `$`, braces and scope; PowerShell does not tell capitals from small letters. */
function variablesOf(node) {
  const names = [...namesOf(node, 'variable', 'braced_variable')].map((text) => text.replace(/^\$\{?(script:)?|\}$/g, '').toLowerCase());
  return new Set(names.filter((name) => !name.startsWith('env:')));
}

function mistakesIn(text) {
  const mistakes = [];
  const walk = (node) => {
    if (node.isError || node.isMissing) {
      mistakes.push(`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
    }
    node.children.filter(({ hasError }) => hasError).forEach(walk);
  };
  walk(parser.parse(text).rootNode);
  return mistakes;
}

test('the parser finds no mistake in it', () => {
  assert.deepEqual(mistakesIn(script), []);
});

test('the parser finds a brace that is missing', () => {
  const lines = script.split('\n');
  const ends = lines.map((line, at) => (line === '}' ? at : -1)).filter((at) => at >= 0);
  assert.ok(ends.length > 50);
  for (const at of [ends[0], ends[Math.floor(ends.length / 2)], ends.at(-1)]) {
    assert.notDeepEqual(mistakesIn(lines.toSpliced(at, 1).join('\n')), []);
  }
});

test('it calls its own functions and a few cmdlets that each Windows has, and all of those', () => {
  const root = parser.parse(script).rootNode;
  const called = namesOf(root, 'command_name');
  const defined = namesOf(root, 'function_name');
  assert.deepEqual([...called].filter((name) => !defined.has(name)).sort(), CMDLETS);
  assert.deepEqual([...defined].filter((name) => !called.has(name)), []);
});

test('each variable that it reads, it sets', () => {
  const root = parser.parse(script).rootNode;
  const set = new Set(SET_BY_POWERSHELL);
  const setters = root.descendantsOfType(['left_assignment_expression', 'script_parameter']);
  const loops = root.descendantsOfType('foreach_statement').map((loop) => loop.descendantsOfType('variable')[0]);
  [...setters, ...loops].flatMap((node) => [...variablesOf(node)]).forEach((name) => set.add(name));
  assert.deepEqual([...variablesOf(root)].filter((name) => !set.has(name)), []);
});

test('what functions change for others, they change in the scope of the script', () => {
  const root = parser.parse(script).rootNode;
  const shared = [...script.matchAll(/^\$(\w+) = /gm)].map(([, name]) => name.toLowerCase());
  assert.ok(shared.includes('token'));
  const local = root
    .descendantsOfType('function_statement')
    .flatMap((node) => node.descendantsOfType('left_assignment_expression'))
    .map(({ text }) => text.toLowerCase())
    .filter((text) => shared.includes(text.replace('$', '')));
  assert.deepEqual(local, []);
});

test('no colon follows a variable in a text, which would read it as the name of a scope', () => {
  const texts = parser.parse(script).rootNode.descendantsOfType('expandable_string_literal').map(({ text }) => text);
  assert.ok(texts.length > 50);
  assert.deepEqual(
    texts.filter((text) => /\$(?!script:|env:)\w+:/.test(text)),
    [],
  );
});

test('it is ASCII, which Windows PowerShell reads alike in each code page', () => {
  assert.match(script, /^[\n\x20-\x7e]*$/);
});
