import '@hotwired/turbo';
import './board';
import './copy';
import './file_drop';
import './keep';
import './live';
import './menu';
import './tick_list';
