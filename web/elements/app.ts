import { config } from '@hotwired/turbo';
import './board';
import './copy';
import './menu';
import './tick_list';

// Turbo's own progress bar puts a <style> into the page, which the content security policy refuses. It never shows
// (the longest delay that a timer takes); the line under the head follows aria-busy in frame.css instead.
config.drive.progressBarDelay = 2 ** 31 - 1;
