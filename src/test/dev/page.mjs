// Opens the page at the address that dev mode printed, as a newcomer does, and ends badly where the browser's console has a complaint.
import { launchBrowser, visit } from '../e2e/browser.js';

const [url] = process.argv.slice(2);
const complaints = [];
const browser = await launchBrowser();
try {
  const { page } = await visit(browser, { url: 'about:blank#' });
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.getByRole('button', { name: 'Add your first machine' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('my first one');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the machine…').waitFor();
} finally {
  await browser.close();
}
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exitCode = 1;
}
